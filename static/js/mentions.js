// "@" in a textarea[data-names] offers the names of the class, fetched once. They are a list below the field: arrows move
// in it, Enter or Tab takes a name, Escape closes it, and it can be pressed. What is typed by hand counts as well.
import { announce } from "./announce.js";
import { fetchPart } from "./live.js";

const BEGUN = /(?:^|[^\p{L}\p{N}])@([\p{L}\p{M}\p{N}.'’-]*(?: [\p{L}\p{M}\p{N}.'’-]*){0,3})$/u;
const MOST = 8;
const lists = new Map(); // by address
let numbers = 0;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The names of a class, or none when the line is down. */
function namesAt(address) {
  if (!lists.has(address)) {
    const names = fetchPart(address).then((response) => response.json());
    lists.set(address, names.catch(() => (lists.delete(address), [])));
  }
  return lists.get(address);
}

/** Those whose name, or a part of it, begins with the words. */
function matching(people, words) {
  const wanted = fold(words);
  return people.filter(({ name }) => fold(name).startsWith(wanted) || fold(name).includes(` ${wanted}`)).slice(0, MOST);
}

function optionFor({ name, role }, id) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  option.dataset.name = name;
  option.append(name);
  if (role) {
    const what = option.appendChild(document.createElement("span"));
    what.className = "meta";
    what.textContent = role;
  }
  return option;
}

class Offer {
  constructor(area) {
    this.area = area;
    this.list = document.createElement("ul");
    this.list.id = `names-${(numbers += 1)}`;
    this.list.className = "names";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", area.dataset.namesLabel);
    area.after(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.addEventListener("input", () => this.look());
    area.addEventListener("keydown", (event) => this.key(event), { capture: true });
    area.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  begun() {
    const { selectionStart: at, selectionEnd: end, value } = this.area;
    return at === end ? BEGUN.exec(value.slice(0, at)) : null;
  }

  async look() {
    if (!this.begun()) return this.close();
    const people = await namesAt(this.area.dataset.names);
    const begun = this.begun(); // more was typed meanwhile
    const found = begun ? matching(people, begun[1]) : [];
    if (!found.length || document.activeElement !== this.area) return this.close();
    const wasOpen = !this.list.hidden;
    this.list.replaceChildren(...found.map((person, at) => optionFor(person, `${this.list.id}-${at}`)));
    this.list.hidden = false;
    this.area.setAttribute("aria-controls", this.list.id);
    this.choose(this.list.firstElementChild);
    if (wasOpen) return;
    this.list.scrollIntoView({ block: "nearest" });
    announce(this.area.dataset.namesHint);
  }

  choose(option) {
    for (const each of this.list.children) each.setAttribute("aria-selected", String(each === option));
    this.area.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
    this.area.removeAttribute("aria-controls");
  }

  take(option) {
    const begun = this.begun();
    if (!option || !begun) return;
    const { selectionStart: end } = this.area;
    this.area.setRangeText(`${option.dataset.name} `, end - begun[1].length, end, "end");
    this.close();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  key(event) {
    if (this.list.hidden || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!this.begun()) {
      this.close(); // the cursor has left the name
      return;
    }
    const chosen = this.list.querySelector('[aria-selected="true"]');
    const { firstElementChild: first, lastElementChild: last } = this.list;
    if (event.key === "ArrowDown") this.choose(chosen?.nextElementSibling ?? first);
    else if (event.key === "ArrowUp") this.choose(chosen?.previousElementSibling ?? last);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.take(chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

export function startMentions(area) {
  if (area.dataset.names) new Offer(area);
}
