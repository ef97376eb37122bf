// @ts-nocheck the compiler knows no document here
// What the tests ask of the documentation page; runs inside it.

globalThis.snapTour = { fill, collect, restsInSight, menu, restsAtEnd, undermost };

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

/** How long nothing may move before the page counts as settled: longer than its script takes to follow a scroll. */
const CALM_MS = 500;
let lastLook = "";
let calmSince = 0;

/** Whether a section or an element is in the upper half of the window, and nothing has moved or faded for a while. */
function restsInSight(id) {
  const found = document.getElementById(id) ?? document.querySelector(`[data-section-id="${id}"]`);
  const { top } = found?.getBoundingClientRect() ?? {};
  return isCalm([id, top]) && top > -20 && top < window.innerHeight / 2 && found.innerText.trim() !== "";
}

/** Scrolls to the end, and says whether it is there and stays there: the page grows while it is drawn. */
function restsAtEnd() {
  window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  return isCalm(["end"]);
}

/** Whether nothing has moved or faded for a while, as seen whenever this was asked. */
function isCalm(besides) {
  const look = JSON.stringify([besides, window.scrollY, document.documentElement.scrollHeight, menu()]);
  const moves = look !== lastLook || document.getAnimations().some(({ playState }) => playState === "running");
  lastLook = look;
  if (moves) calmSince = performance.now();
  return performance.now() - calmSince > CALM_MS;
}

/** The menu beside the page: where it begins, the addresses of the entries it highlights, and where each entry stands. */
function menu() {
  const labels = [...document.querySelectorAll('.menu-content [data-testid="menu-item-label"]')];
  return {
    top: document.querySelector(".menu-content").getBoundingClientRect().top,
    highlighted: labels
      .filter(({ dataset }) => dataset.active === "true")
      .map((label) => label.closest("a").getAttribute("href")),
    entries: labels.map((label) => label.getBoundingClientRect().top),
    overlapping: overlapping(labels.map((label) => label.getBoundingClientRect()).filter(({ height }) => height > 0)),
  };
}

/** Where the lowest text of the page ends, and where the round button of the menu begins. */
function undermost() {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector("main"));
  const button = document.querySelector('[data-testid="floating-button"]').getBoundingClientRect();
  const texts = [...range.getClientRects()].filter(({ height, width }) => height > 0 && height < 40 && width > 0);
  return { text: Math.max(...texts.map(({ bottom }) => bottom)), button: button.top };
}

/** How many boxes begin before the one above them ends. */
function overlapping(boxes) {
  return boxes.filter(({ top }, index) => index > 0 && top < boxes[index - 1].bottom - 1).length;
}
