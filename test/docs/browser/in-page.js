// @ts-nocheck the compiler knows no document here
// What the tests ask of the documentation page; runs inside it.

globalThis.snapDocs = { drawn, restsInSight, firstHits };

/** What is wrong with what is drawn. */
function drawn() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    tooWide: scrollWidth - clientWidth,
    // what a reader would have to push sideways
    wide: [...document.querySelectorAll(".wide, pre")]
      .filter((box) => box.scrollWidth > box.clientWidth)
      .map((box) => box.innerText.slice(0, 60)),
    ...texts(),
  };
}

/** Texts that are cut off, texts that show their Markdown, and texts that lie under others. */
function texts() {
  edges = new Map();
  const cutOff = [];
  const raw = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    const parent = node.parentElement;
    if (!text || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (parent.closest(".hidden, thead, svg")) continue;
    if (!parent.closest("code, pre, q") && /`|\*\*|\{%|\]\(/.test(text)) raw.push(text.slice(0, 80));
    const range = document.createRange();
    range.selectNodeContents(node);
    const right = Math.max(...[...range.getClientRects()].map((rect) => rect.right));
    if (right > edgeOf(parent) + 1) cutOff.push(text.slice(0, 80));
  }
  return { cutOff, raw, covered: covered() };
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

/** Texts of pictures that stand on each other or beyond their picture. */
function covered() {
  return [...document.querySelectorAll("main svg")].flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    return boxes.flatMap(([text, box], index) => {
      const beyond = box.left < frame.left - 1 || box.right > frame.right + 1 ? [`${text} leaves its picture`] : [];
      const under = boxes
        .slice(index + 1)
        .filter(
          ([, other]) =>
            overlap(box.left, box.right, other.left, other.right) > 2 &&
            overlap(box.top, box.bottom, other.top, other.bottom) > 4,
        )
        .map(([other]) => `${text} and ${other} overlap`);
      return [...beyond, ...under];
    });
  });
}

const overlap = (start, end, otherStart, otherEnd) => Math.min(end, otherEnd) - Math.max(start, otherStart);

let lastTop;
/** Whether an element begins in the upper half of the window, below the bar, and has not moved since this was asked last. */
function restsInSight(id) {
  const { top } = document.getElementById(id)?.getBoundingClientRect() ?? {};
  const rests = top === lastTop;
  lastTop = top;
  const bar = document.querySelector("header").offsetHeight;
  // what stands at the end of the page cannot come higher
  const { scrollHeight } = document.documentElement;
  const lowest = window.scrollY + window.innerHeight >= scrollHeight - 2 ? window.innerHeight : window.innerHeight / 2;
  return rests && top >= bar && top < lowest;
}

/** Types each text into the search, and tells where the first hit of each leads. */
function firstHits(texts) {
  const input = document.querySelector("#search input");
  return texts.map((text) => {
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return document.querySelector("#search li")?.dataset.to ?? "";
  });
}
