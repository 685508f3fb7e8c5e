"""Words that change what a passage claims, by language: patterns over a text in small letters.

Made by hand from grammars of these languages, not from the texts on which the engine is measured. A language that is
not here has no rules: there every changed word is asked about, see `harmless`.
"""

from __future__ import annotations

# Words that say no, or nearly no.
NEGATIONS: dict[str, str] = {
    "en": r"not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n't|hardly|scarcely|barely|unless|"
    r"except|fail(?:s|ed|ing|ure)?|lack(?:s|ed|ing)?|refus(?:e[sd]?|ing|al)|den(?:y|ies|ied|ying|ial)|"
    r"reject(?:s|ed|ing)?",
    "de": r"nicht|kein\w*|nie|niemals|niemand\w*|nichts|nirgend\w*|weder|noch|ohne|kaum|außer|verweiger\w*|"
    r"bestr[ei]{2}t\w*",
    "fr": r"ne|pas|plus|jamais|rien|personne|aucun\w*|nulle?s?|ni|sans|non|guère|sauf|hors|refus\w*|ni(?:er|é)\w*",
    "es": r"no|nunca|jamás|nada|nadie|ning[uú]n\w*|ni|sin|tampoco|salvo|excepto|apenas|neg(?:ó|ar|ado)\w*",
    "pt": r"não|nunca|jamais|nada|ninguém|nenhum\w*|nem|sem|tampouco|salvo|exceto|neg(?:ou|ar|ado)\w*",
    "ar": r"[وفأ]*(?:لا|لم|لن|ليس|ليست|ليسوا|غير|دون|بدون|عدم|ما|لما|كلا|إلا|سوى|بلا|نفى|نفت|رفض|رفضت)",
    "zh": "[不没沒未无無非别別勿莫否免]|除了|除外|以外|拒绝|拒絕",
    "ja": "ない|なく|なかっ|なけれ|ません|[ずぬ](?=[、。にと])|ずに|[不無未非否]|除く|以外|拒否",
}

# Words that say how sure, how far allowed, how far demanded, and on whose word.
MODALS: dict[str, str] = {
    "en": r"may|might|must|shall|should|can|could|ought|alleg(?:es?|ed|edly)|report(?:ed|edly)|apparent(?:ly)?|"
    r"seem(?:s|ed|ingly)?|likely|unlikely|probabl[ey]|possibl[ey]|perhaps|maybe|certain(?:ly)?|claim(?:s|ed)?|"
    r"presum(?:ed|ably)|suppos(?:ed|edly)|suspect(?:s|ed)?|confirm(?:s|ed)?|estimat(?:es?|ed)|prov(?:es?|ed|en)",
    "de": r"d[aü]rf\w*|durft\w*|k[aö]nn\w*|konnt\w*|m[uü]ss\w*|soll\w*|woll\w*|will|mag|mögen|möcht\w*|möglich\w*|"
    r"wahrscheinlich\w*|vermutlich\w*|angeblich\w*|wohl|vielleicht|offenbar|mutmaßlich\w*|würde\w*|sei|seien|"
    r"scheint|schien\w*|behaupt\w*|bestätig\w*|geschätzt\w*|bewiesen\w*|sicher\w*|verpflicht\w*|"
    r"erlaubt\w*|h[aä]tten?",
    "fr": r"peut|peuvent|peux|pouv\w+|pourr\w+|doit|doivent|dois|dev(?:ait|aient|oir|ra|ront|rait|raient)|faut|"
    r"fallait|"
    r"peut-être|probable\w*|vraisemblable\w*|présumé\w*|prétend\w*|apparemment|sembl\w+|possible\w*|certain\w*|"
    r"sûr\w*|confirm\w+|estim\w+|allégu\w+|aur(?:ait|aient)|ser(?:ait|aient)|obligatoire\w*|facultati\w+|permis\w*",
    "es": r"puede\w*|podr\w+|pod(?:ía|ían|er)|pudo|debe\w*|deb(?:ía|ían|erá|erán|ería|erían)|quizás?|probable\w*|"
    r"posible\w*|presunt\w+|supuest\w+|aparente\w*|parec\w+|habrían?|serían?|confirm\w+|estim\w+|ciert\w+|segur\w+|"
    r"obligatori\w+|permit\w+|tal vez",
    "pt": r"pod(?:e|em|ia|iam|eria|eriam|erá|er)|dev(?:e|em|ia|iam|eria|eriam|erá|er)|talvez|prováve\w*|provavel\w*|"
    r"possíve\w*|possivel\w*|suposta?\w*|aparente\w*|parec\w+|teriam?|seriam?|confirm\w+|estim\w+|cert\w+|permit\w+",
    "ar": r"[وفسل]*(?:قد|يجب|وجب|يمكن|أمكن|ينبغي|ربما|يجوز|لعل|محتمل|يحتمل|زعم\w*|يزعم\w*|مزعوم\w*|سوف|يستطيع\w*|"
    r"أكد\w*|يؤكد\w*|يبدو|يقدر|مؤكد|ممكن|ضروري|إلزامي\w*|اختياري\w*)",
    "zh": "可能|可以|也许|也許|或许|或許|大概|应[该当]?|應[該當]?|必[须須要需定]?|须|須|据[称说悉]|據[稱說悉]|"
    "涉嫌|疑似|似乎|"
    "能够|能夠|能|会|會|将|將|估计|估計|证实|證實|确认|確認|一定|恐怕|允许|允許",
    "ja": "かもしれ|でしょう|だろう|はず|べき|らしい|可能|でき[るたま]|必要|おそらく|たぶん|ねば|なければ|"
    "とされ|という|疑い|推定|確認|必ず",
}

# When it was, beside the names of days and months.
TIMES: dict[str, str] = {
    "en": r"yesterday|today|tomorrow|tonight|last|ago|before|after|since|until|formerly|currently",
    "de": r"gestern|heute|morgen|letzte\w*|seit|bis|bisher|derzeit|ehemal\w*|damals",
    "fr": r"hier|aujourd'hui|demain|derniers?|dernières?|avant|après|depuis|jusqu\w*|actuel\w*|ancien\w*",
    "es": r"ayer|hoy|mañana|últim[oa]s?|antes|después|desde|hasta|actual\w*",
    "pt": r"ontem|hoje|amanhã|últim[oa]s?|antes|depois|desde|até|atual\w*",
    "ar": r"[وفل]*(?:أمس|اليوم|غدا|الماضي\w*|المقبل\w*|القادم\w*|قبل|بعد|منذ|حتى|سابقا|حاليا)",
    "zh": "昨[天日]|今[天日年]|明[天日年]|去年|前年|上[个個]?[月周週]|下[个個]?[月周週]|之?前|之?后|之?後|"
    "以来|以來|现在|現在|目前",
    "ja": "昨日|今日|明日|昨年|去年|今年|来年|先月|来月|先週|来週|前|まえ|後|以来|現在",
}

# Words of English, German, French, Spanish and Portuguese with which a sentence begins and that are no names there:
# pronouns, articles, conjunctions, prepositions, adverbs.
FIRST_WORDS = frozenset(
    "a aber además ahora ainda ainsi al algo algumas algunas algunos alguns alle allerdings allí alors als also "
    "although além am an and ante any aos après aquel aquela aquele aquella aqui aquí are as assim así at até au "
    "auch auf aun aunque aus aussi aux avec bajo because bei beide both but by cada casi ce cela celle celui ces "
    "cet cette ceux chaque chez com comme comment como con contra cual cuando cuánto da damit danach dann dans "
    "das dass de del dem den denn depois depuis der des desde deshalb después did die dies diese dieser dieses do "
    "doch does donc donde dort dos du durante durch during e each ein eine einem einen einer einige either el ela "
    "elas ele eles ella elle elles ellos em en enfin enquanto ensuite entonces entre então er era erst es esa ese "
    "eso essa esse est esta este esto estos et etwa eu euch eux even every few finally first firstly foi for from "
    "fue für has hasta have hay he her here hier his how however há i if ihm ihr ihre il ils im in incluso indeed "
    "instead is isso ist isto it its ja je jede jeder jedoch jetzt já la las le les leur leurs lo logo lors "
    "lorsque los luego lá mais malgré man manche many mas me meanwhile mehrere mesmo mi mientras mit moi mon more "
    "moreover most much mucho muchos muito muitos muy my más na nach nas ne neben no nos nosotros nossa nosso "
    "notre nous nun nur não nós o ob oder of on once onde one only or os other others otra otro ou our outra "
    "outro où par para parce parmi pela pelas pelo pelos pendant pero peu plusieurs pois por porque porém pour "
    "pourquoi pues puis puisque qual quand quando quanto que quel quelle quelques quem qui quien quoi qué sa "
    "schon se second secondly según seja selon sem sempre ser ses seu seus several she si sie siempre sin since "
    "sind sino so sob sobre sogar solche solo some son sondern sont sous sowie su sua suas such sur sus sí "
    "también também tan tanto te than that the their then there therefore these they third this those though "
    "through thus to toda todas todo todos tous tout toute toutefois toutes tras trotz très tu tú um uma un una "
    "unas und under une uno unos unser up usted vers viele você voici voilà vom von vor vos votre vous wann warum "
    "was we weil welche wenn wer were what when where whether which while who whose why wie wir with wo während y "
    "ya yet yo you your zu zudem zum zur zwar zwischen às él".split()
)
