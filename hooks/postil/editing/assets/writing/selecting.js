// The article, and the words that an author has selected in it.

// What stands between two comments that the preview has put around it.
function bounds() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  let begin = null, end = null;
  while (walker.nextNode()) {
    if (walker.currentNode.data === BEGIN) begin ??= walker.currentNode;
    if (walker.currentNode.data === END) end = walker.currentNode;
  }
  return begin && end ? { begin, end, root: begin.parentElement } : null;
}

function between(place) {
  const range = document.createRange();
  range.setStartAfter(place.begin);
  range.setEndBefore(place.end);
  return range;
}

// The words of a range as a reader reads them, what is not the article's left out.
function words(range) {
  const root = range.commonAncestorContainer;
  if (root.nodeType === Node.TEXT_NODE) {
    return root.parentElement.closest(UNREAD) ? "" : root.data.slice(range.startOffset, range.endOffset);
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, {
    acceptNode: (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(UNREAD) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  let text = root.nodeType === Node.ELEMENT_NODE && root.closest(UNREAD) ? null : "";
  while (text !== null && walker.nextNode()) {
    const node = walker.currentNode;
    if (!range.intersectsNode(node)) continue;
    if (node.nodeType === Node.TEXT_NODE) {
      const start = node === range.startContainer ? range.startOffset : 0;
      const end = node === range.endContainer ? range.endOffset : node.length;
      text += node.data.slice(start, end);
    } else if (node.tagName === "IMG") text += node.alt;
  }
  return (text ?? "").replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "");
}

function selected() {
  const selection = getSelection(), place = bounds();
  if (!place || !selection.rangeCount || selection.isCollapsed) return null;
  const all = between(place), range = selection.getRangeAt(0).cloneRange();
  if (range.compareBoundaryPoints(Range.END_TO_START, all) >= 0 || range.compareBoundaryPoints(Range.START_TO_END, all) <= 0) return null;
  if (range.compareBoundaryPoints(Range.START_TO_START, all) < 0) range.setStart(all.startContainer, all.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, all) > 0) range.setEnd(all.endContainer, all.endOffset);
  const quote = words(range);
  if (!quote.trim()) return null;
  const before = all.cloneRange(), after = all.cloneRange();
  before.setEnd(range.startContainer, range.startOffset);
  after.setStart(range.endContainer, range.endOffset);
  const head = words(before), tail = words(after);
  return {
    range,
    selection: { quote, before: head.slice(-200), after: tail.slice(0, 200), share: head.length / (head.length + quote.length + tail.length || 1) },
  };
}
