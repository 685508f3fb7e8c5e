"""Words that stand for numbers, by language: patterns over a text in small letters.

`COUNTED` are amounts and fractions; `COUNTED_OR_NOT` are words that are numbers at times only ("one", "first",
"second"): whoever lists what can be checked leaves them out, whoever asks what has changed does not.
"""

from __future__ import annotations

_EN = (
    "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_EN_LARGE = "hundreds?|thousands?|millions?|billions?|trillions?|dozens?"
_EN_PARTS = (
    "half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twentieths?|hundredths?|"
    "thousandths?"
)
_DE = "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwan|drei(?:ß|ss)|sech|sieb"

COUNTED: dict[str, str] = {
    "en": rf"(?:a )?(?:{_EN_PARTS})|(?:{_EN}|one|{_EN_LARGE})(?:[- ](?:{_EN}|one|{_EN_LARGE}))+|{_EN}|{_EN_LARGE}"
    r"|tens of|twice|thrice",
    "de": rf"(?:(?:ein|{_DE})(?:und|zehn|zig|ßig|ssig|hundert|tausend)*)*(?:{_DE}|zehn|zig|ßig|ssig|hundert|tausend)"
    r"(?:e|en|er|mal|fach\w*|tel)?|null|millionen?|milliarden?|billionen?|dutzende?|hälften?|halb\w*|drittel|viertel",
    "fr": r"zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|"
    r"trente|"
    r"quarante|cinquante|soixante|septante|octante|nonante|cents?|mille|millions?|milliards?|douzaines?|dizaines?|"
    r"vingtaines?|centaines?|milliers?|moitiés?|demie?s?|tiers|quarts?|double|triple",
    "es": r"cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w+|veint\w+|"
    r"treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|cientos?|ciento|\w+cient[oa]s|"
    r"quinient[oa]s|mil|"
    r"miles|mill[oó]n(?:es)?|docenas?|mitad|medi[oa]s?|tercios?|doble|triple",
    "pt": r"zero|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|quatorze|catorze|quinze|"
    r"dezesseis|dezessete|dezoito|dezenove|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|"
    r"noventa|cem|cento|"
    r"centenas?|\w+centos|mil|milhares|milhão|milhões|bilhão|bilhões|dúzias?|metade|mei[oa]s?|terços?|dobro|triplo",
    "ar": r"صفر|اثن(?:ان|ين|ا|ي|تان|تين)|ثلاث(?:ة|ون|ين)?|أربع(?:ة|ون|ين)?|خمس(?:ة|ون|ين)?|ست(?:ة|ون|ين)?|"
    r"سبع(?:ة|ون|ين)?|ثماني?(?:ة|ون|ين)?|تسع(?:ة|ون|ين)?|عشر(?:ة|ون|ين|ات)?|مئ(?:ة|ات|تان|تين)|مائ(?:ة|تان|تين)|"
    r"ألف|ألفان|ألفين|آلاف|مليون(?:ان|ين)?|ملايين|مليار(?:ان|ين|ات)?|نصف|ثلث|ثلثا|ثلثي|ربع|خمس|عشر|ضعف|ضعفي",
    "zh": r"[〇零一二三四五六七八九十百千万萬亿億兆两兩]+|半|几|幾|数[十百千万]",
    "ja": r"[〇零一二三四五六七八九十百千万億兆]+|半|数[十百千万]",
}
COUNTED_OR_NOT: dict[str, str] = {
    "en": "one|ones|first|second|fourth|last|once|double|triple|single|both|pair|couple|score",
    "de": r"ein(?:s|mal|zig\w*)|erste[mnrs]?|zweite[mnrs]?|dritte[mnrs]?|\w+[tß]e[mnrs]? hälfte|einige\w*|"
    r"beide\w*|paar",
    "fr": r"premiers?|premières?|seconde?s?|\w+ième(?:s)?|une? seule?|seule?s?|quelques|plusieurs",
    "es": r"primer[oa]?s?|segund[oa]s?|tercer[oa]?s?|cuart[oa]s?|quint[oa]s?|un[oa] sol[oa]|amb[oa]s|vari[oa]s",
    "pt": r"primeir[oa]s?|segund[oa]s?|terceir[oa]s?|quart[oa]s?|amb[oa]s|vári[oa]s",
    "ar": r"واحد(?:ة)?|أحد|إحدى|أول|أولى|ثان(?:ي|ية)?|ثالث(?:ة)?|رابع(?:ة)?|خامس(?:ة)?|بضع(?:ة)?|عدة|كلا|كلتا",
    "zh": "",
    "ja": "",
}
# 一 in words that are no numbers: "a", "some", "straight", "always", "if" …
NO_NUMBER: dict[str, str] = {
    "zh": "一(?=[个個些般样樣起直定切旦致边邊面下])|十分|万一|千万|百姓|统一|唯一|之一|进一步|一步步",
    "ja": "一(?=[般部方緒旦切致番])|統一|唯一|万一|十分",
}
