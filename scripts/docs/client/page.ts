// What the page does in a browser: search, menu, tabs, theme, copying. Without it the page can be read all the same.
import { createSearch, type Entry } from "./search.ts";

const root = document.documentElement;
const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector) as E;

/** What the reader chose is kept, where the browser lets it. */
function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {}
}
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** What the search does not read: samples, what other places say, and titles, which it knows. */
const UNREAD = ".samples, .chips, .codes, .anchor, h2, h3, h4, .name, .errata";

/** The places of the page with their own text: not that of places within them, nor that of samples. */
function readPlaces(): Entry[] {
  const entries: Entry[] = [];
  const visit = (node: Node, entry: Entry | undefined) => {
    for (const child of node.childNodes) {
      if (child instanceof Text) {
        if (entry) entry.text += child.data;
      } else if (child instanceof HTMLElement && (child.dataset.kind !== undefined || !child.matches(UNREAD))) {
        const own = child.dataset.kind === undefined ? entry : entryOf(child);
        if (own && own !== entry) entries.push(own);
        if (own) own.text += " ";
        if (!child.matches(UNREAD)) visit(child, own);
      }
    }
  };
  visit(find("main"), undefined);
  return [...entries, ...readCodes(entries)];
}

/** What an element that is a place says of itself. Id and title lead there, and of an erratum the title without the id. */
function entryOf({ id, dataset }: HTMLElement): Entry {
  const { kind = "", title = "", of = "", keys = "" } = dataset;
  const bare = kind === "Erratum" ? [title.slice(id.length + 1)] : [];
  return { id, kind, title, of, keys: [id, title, ...bare, ...keys.split("\n").filter(Boolean)], text: "" };
}

/** The codes of each row of the catalogue, a code a service. */
function readCodes(rows: readonly Entry[]): Entry[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...document.querySelectorAll<HTMLElement>(".chip")].map(({ id, nextElementSibling }) => {
    const row = byId.get(id.slice(0, 3) + id.slice(5));
    // the title of a row is status, case code and message
    const title = `${id} ${row?.title.slice(7)}`;
    const of = nextElementSibling?.querySelector("a")?.textContent ?? "";
    const keys = [id, title, `${id.slice(0, 3)} ${id.slice(3, 5)} ${id.slice(5)}`];
    return { id, kind: "Response code", title, of, keys, text: "" };
  });
}

let search: ReturnType<typeof createSearch> | undefined;
const searching = () => {
  search ??= createSearch(readPlaces());
  return search;
};

const dialog = find<HTMLDialogElement>("#search");
const input = find<HTMLInputElement>("#search input");
const list = find<HTMLUListElement>("#search ul");
const status = find("#search [role=status]");
let chosen = 0;

function open(): void {
  if (dialog.open) return;
  dialog.showModal();
  input.select();
  show();
}

function show(): void {
  const results = searching()(input.value);
  list.replaceChildren(
    ...results.map(({ id, kind, title, of, text }, index) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `hit-${index}`, role: "option" });
      item.dataset.to = id;
      const parts = {
        b: title,
        small: of ? `${kind} · ${of}` : kind,
        span: text.replace(/\s+/g, " ").trim().slice(0, 140),
      };
      for (const [tag, content] of Object.entries(parts))
        item.append(Object.assign(document.createElement(tag), { textContent: content }));
      return item;
    }),
  );
  input.setAttribute("aria-expanded", String(results.length > 0));
  status.textContent = !input.value.trim()
    ? ""
    : results.length
      ? `${results.length} found`
      : "Nothing found. Try a response code, a field, a header, or an erratum.";
  dialog.classList.toggle("empty", !results.length);
  choose(0);
}

function choose(index: number): void {
  const items = [...list.children];
  chosen = Math.max(0, Math.min(index, items.length - 1));
  items.forEach((item, at) => {
    item.setAttribute("aria-selected", String(at === chosen));
  });
  items[chosen]?.scrollIntoView({ block: "nearest" });
  if (items.length) input.setAttribute("aria-activedescendant", `hit-${chosen}`);
  else input.removeAttribute("aria-activedescendant");
}

function go(item: Element | null | undefined): void {
  const to = item instanceof HTMLElement ? item.dataset.to : undefined;
  if (to === undefined) return;
  dialog.close();
  leadTo(to);
}

/** What the address ends with; nothing where somebody has cut it within a character. */
function addressed(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/** Goes to a place, also when it is the current one already. */
function leadTo(id: string): void {
  if (addressed() === id) arrive();
  else location.hash = encodeURIComponent(id);
}

/** What an address names: an id of the page, or else what the search finds for it exactly, such as e072 or 403 14. */
function arrive(): void {
  const named = addressed();
  if (!named) return;
  find("body").classList.remove("menu-open");
  const place = document.getElementById(named);
  if (place) {
    place.scrollIntoView();
    // who goes on with the keyboard goes on from here
    place.setAttribute("tabindex", place.matches("a, button") ? "0" : "-1");
    place.focus({ preventScroll: true });
    return;
  }
  const lower = named.toLowerCase();
  const [found] = searching()(named, 1);
  if (found?.keys.some((key) => key.toLowerCase() === lower)) location.replace(`#${encodeURIComponent(found.id)}`);
}

/** Keys that open the search, and those that move in it. */
function onKey(event: KeyboardEvent): void {
  const { key, target } = event;
  const types = target instanceof HTMLElement && target.matches("input, textarea, select");
  if ((key === "k" && (event.ctrlKey || event.metaKey)) || (key === "/" && !types)) {
    event.preventDefault();
    open();
  }
}
function onSearchKey(event: KeyboardEvent): void {
  const moves: Record<string, number> = {
    ArrowDown: chosen + 1,
    ArrowUp: chosen - 1,
    PageDown: chosen + 6,
    PageUp: chosen - 6,
  };
  const to = moves[event.key];
  if (to !== undefined) choose(to);
  else if (event.key === "Enter") go(list.children[chosen]);
  else return;
  event.preventDefault();
}

/** Shows the panels of a key in every group of that name. */
function turn(group: string, key: string): void {
  for (const tabs of document.querySelectorAll<HTMLElement>(`.tabs[data-group="${group}"]`)) {
    for (const tab of tabs.querySelectorAll<HTMLElement>("[role=tab]")) {
      const on = tab.dataset.tab === key;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
    for (const panel of tabs.querySelectorAll<HTMLElement>("[role=tabpanel]"))
      panel.classList.toggle("off", panel.dataset.tab !== key);
  }
}

function startTabs(): void {
  const press = (tab: HTMLElement) => {
    const group = tab.closest<HTMLElement>(".tabs")?.dataset.group ?? "";
    // what is pressed stays where it is, though the panels above it change their heights
    const before = tab.getBoundingClientRect().top;
    turn(group, tab.dataset.tab ?? "");
    window.scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
    keep(group, tab.dataset.tab ?? "");
  };
  document.addEventListener("click", ({ target }) => {
    const tab = target instanceof Element ? target.closest<HTMLElement>("[role=tab]") : null;
    if (tab) press(tab);
  });
  document.addEventListener("keydown", (event) => {
    const tab = event.target instanceof HTMLElement && event.target.matches("[role=tab]") ? event.target : undefined;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!tab || !step) return;
    const all = [...(tab.parentElement?.children ?? [])] as HTMLElement[];
    const next = all[(all.indexOf(tab) + step + all.length) % all.length];
    if (!next) return;
    press(next);
    next.focus();
    event.preventDefault();
  });
  const call = kept("Call");
  if (call !== null && document.querySelector(`[data-group="Call"] [data-tab="${CSS.escape(call)}"]`))
    turn("Call", call);
}

/** A button on every block that copies it. */
function startCopying(): void {
  if (!navigator.clipboard) return;
  for (const figure of document.querySelectorAll<HTMLElement>("figure.code")) {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "copy",
      textContent: "Copy",
    });
    button.setAttribute("aria-label", `Copy ${figure.getAttribute("aria-label") ?? ""}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(figure.querySelector("code")?.textContent ?? "");
      button.textContent = "Copied";
      setTimeout(() => {
        button.textContent = "Copy";
      }, 1500);
    });
    figure.append(button);
  }
}

/** Marks the entry of the menu that the reader is at. */
function startMenu(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>("#menu a")].map((link) => [link.hash.slice(1), link]),
  );
  const sections = [...document.querySelectorAll<HTMLElement>("main > section")];
  const places = [...links.keys()].map((id) => document.getElementById(id)).filter((place) => place !== null);
  const lastAbove = (among: HTMLElement[]) => among.findLast((place) => place.getBoundingClientRect().top < 140);
  let current: HTMLAnchorElement | undefined;
  const mark = () => {
    // sections out of sight are not laid out, so look into the one at hand alone
    const section = lastAbove(sections) ?? sections[0];
    const at = lastAbove(places.filter((place) => section?.contains(place))) ?? section;
    const link = links.get(at?.id ?? "");
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    const menu = find("#menu");
    if (link && (link.offsetTop < menu.scrollTop || link.offsetTop > menu.scrollTop + menu.clientHeight - 60))
      menu.scrollTop = link.offsetTop - menu.clientHeight / 3;
    current = link;
  };
  let waits = false;
  addEventListener(
    "scroll",
    () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => {
        waits = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
  const button = find<HTMLButtonElement>("#menu-button");
  const turnMenu = (on: boolean) => {
    find("body").classList.toggle("menu-open", on);
    button.setAttribute("aria-expanded", String(on));
  };
  button.addEventListener("click", () => turnMenu(button.getAttribute("aria-expanded") !== "true"));
  find("#menu").addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a")) turnMenu(false);
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      turnMenu(false);
      button.focus();
    }
  });
}

function startTheme(): void {
  find("#theme-button").addEventListener("click", () => {
    const dark =
      getComputedStyle(root).colorScheme === "dark" ||
      (root.dataset.theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    keep("theme", root.dataset.theme);
  });
}

addEventListener("keydown", onKey);
addEventListener("hashchange", arrive);
find("#search-button").addEventListener("click", open);
input.addEventListener("input", show);
input.addEventListener("keydown", onSearchKey);
list.addEventListener("click", ({ target }) => go(target instanceof Element ? target.closest("li") : undefined));
dialog.addEventListener("click", ({ target }) => {
  if (target === dialog) dialog.close();
});
startTabs();
startCopying();
startMenu();
startTheme();
arrive();
root.classList.add("ready");
// the index is made when nothing else is to do, or when the search is opened
window.requestIdleCallback?.(searching, { timeout: 1000 });
