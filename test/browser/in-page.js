// @ts-nocheck the compiler knows no document here
// What the tests ask of the documentation page; runs inside it.

globalThis.snapTour = { fill, collect, restsInSight };

/** Scrolls on until every section is drawn: the page leaves one empty until it comes near. */
async function fill() {
  const pause = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const end = Date.now() + 40_000;
  // what has been chosen appears a moment later
  for (let calmSince = Date.now(); Date.now() < calmSince + 300; await pause()) {
    const empty = firstEmpty();
    if (!empty) continue;
    if (Date.now() > end) throw new Error(`stays empty: ${empty.dataset.sectionId}`);
    calmSince = Date.now();
    empty.scrollIntoView();
  }
}

function firstEmpty() {
  return document.querySelector("[data-section-id]:empty");
}

/** Everything that is drawn, and what is wrong with it. */
function collect() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    tooWide: scrollWidth - clientWidth,
    sections: all("[data-section-id]").map((section) => [section.dataset.sectionId, section.innerText]),
    rows: all("tbody tr").map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
    links: all("a[href]").map((link) => link.getAttribute("href")),
    anchors: [
      ...all("[id]").map(({ id }) => id),
      ...all("[data-section-id]").map((section) => section.dataset.sectionId),
    ],
    images: all("main img").map(({ alt, naturalWidth, width }) => ({ alt, naturalWidth, width })),
    // what a reader would have to push sideways
    wide: all(".md-table-wrapper, main pre")
      .filter((box) => box.scrollWidth > box.clientWidth)
      .map((box) => box.innerText.slice(0, 60)),
    ...texts(),
  };
}

/** Texts that are cut off, and texts that show their Markdown. */
function texts() {
  edges = new Map();
  const cutOff = [];
  const raw = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    const parent = node.parentElement;
    if (!text || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (!parent.closest("code, pre") && /`|\*\*|\{%|\]\(/.test(text)) raw.push(text.slice(0, 80));
    const range = document.createRange();
    range.selectNodeContents(node);
    const right = Math.max(...[...range.getClientRects()].map((rect) => rect.right));
    if (right > edgeOf(parent) + 1) cutOff.push(text.slice(0, 80));
  }
  return { cutOff, raw };
}

let edges = new Map();
/** How far to the right a text in an element can be seen; everywhere if it scrolls in itself. */
function edgeOf(element) {
  if (!element) return window.innerWidth;
  const known = edges.get(element);
  if (known !== undefined) return known;
  const { overflowX } = getComputedStyle(element);
  let edge;
  if (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth) edge = Number.POSITIVE_INFINITY;
  else {
    const around = edgeOf(element.parentElement);
    edge = overflowX === "visible" ? around : Math.min(around, element.getBoundingClientRect().right);
  }
  edges.set(element, edge);
  return edge;
}

let lastTop;
/** Whether a section or an element is in the upper half of the window and was so when last asked. */
function restsInSight(id) {
  const found = document.getElementById(id) ?? document.querySelector(`[data-section-id="${id}"]`);
  const top = found?.getBoundingClientRect().top;
  const rests = top !== undefined && top === lastTop;
  lastTop = top;
  return rests && top > -20 && top < window.innerHeight / 2 && found.innerText.trim() !== "";
}
