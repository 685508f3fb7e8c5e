/* postil: behind the script of Material's search; its index is made with less work and memory, and finds the same.

A site with notes has many short entries. lunr, which Material's search is made of, keeps an object for each word of
each entry and reckons all scores beforehand. Here a word has one list of numbers, from which what lunr keeps is made when
somebody asks for the word. Where lunr is not the one that is known, it is left alone. */
(function (lunr) {
  "use strict";
  if (!lunr || !lunr.Builder || !/^2\.3\./.test(lunr.version)) return;
  var builder = lunr.Builder.prototype, add = builder.add, createFieldVectors = builder.createFieldVectors;

  /* The words of a builder: for each its places, two numbers each: the field of a document, and the position there. */
  function Words(builder) {
    this.builder = builder;
    this.fields = Object.keys(builder._fields);
    this.documents = [];
    this.vectors = null;
    var words = this;
    function Posting(index) {
      this._index = index;
      this.places = [];
      this.unfolded = null;
    }
    this.fields.forEach(function (field) {
      Object.defineProperty(Posting.prototype, field, {enumerable: true, get: function () {
        if (!this.unfolded) this.unfolded = words.unfold(this);
        return this.unfolded[field];
      }});
    });
    this.Posting = Posting;
  }

  /* What lunr keeps of a word: documents and positions by field; its scores go into the vectors. */
  Words.prototype.unfold = function (folded) {
    var fields = this.fields, places = folded.places, counts = [], builder = this.builder, documents = this.documents;
    var posting = Object.create(null);
    posting._index = folded._index;
    fields.forEach(function (field) { posting[field] = Object.create(null); });
    for (var at = 0; at < places.length; at += 2) {
      var number = places[at], found = posting[fields[number % fields.length]];
      var name = documents[Math.floor(number / fields.length)];
      if (at === 0 || number !== places[at - 2]) {
        counts.push(number, 0);
        if (!found[name]) {
          found[name] = Object.create(null);
          found[name].position = [];
        }
      }
      counts[counts.length - 1]++;
      found[name].position.push(places[at + 1]);
    }
    var idf = lunr.idf(posting, builder.documentCount);
    for (at = 0; at < counts.length; at += 2) {
      var field = fields[counts[at] % fields.length], doc = documents[Math.floor(counts[at] / fields.length)], often = counts[at + 1];
      var ref = new lunr.FieldRef(doc, field).toString(), share = builder.fieldLengths[ref] / builder.averageFieldLength[field];
      var score = idf * ((builder._k1 + 1) * often) / (builder._k1 * (1 - builder._b + builder._b * share) + often);
      score *= builder._fields[field].boost || 1;
      score *= builder._documents[doc].boost || 1;
      this.vectors[ref].upsert(folded._index, Math.round(score * 1000) / 1000, function (before, now) { return now; });
    }
    folded.places = null;
    return posting;
  };

  builder.add = function (doc, attributes) {
    if (this.metadataWhitelist.join() !== "position" || (this.documentCount && !this.postilWords)) return add.call(this, doc, attributes);
    var words = this.postilWords = this.postilWords || new Words(this), fields = words.fields, ref = doc[this._ref];
    var number = words.documents.push(ref) - 1;
    this._documents[ref] = attributes || {};
    this.documentCount += 1;
    for (var at = 0; at < fields.length; at++) {
      var extractor = this._fields[fields[at]].extractor, place = number * fields.length + at;
      var terms = this.pipeline.run(this.tokenizer(extractor ? extractor(doc) : doc[fields[at]], {fields: [fields[at]]}));
      this.fieldLengths[new lunr.FieldRef(ref, fields[at])] = terms.length;
      for (var each = 0; each < terms.length; each++) {
        var term = terms[each].toString(), posting = this.invertedIndex[term];
        if (!posting) {
          posting = this.invertedIndex[term] = new words.Posting(this.termIndex);
          this.termIndex += 1;
        }
        posting.places.push(place, terms[each].metadata.position);
      }
    }
  };

  builder.createFieldVectors = function () {
    var words = this.postilWords;
    if (!words) return createFieldVectors.call(this);
    words.vectors = this.fieldVectors = {};
    Object.keys(this.fieldLengths).forEach(function (ref) { words.vectors[ref] = new lunr.Vector(); });
  };
})(self.lunr);
