// Follows what others do while the page is looked at: a stream says that something changed, `look` fetches it.
// Without a stream (too many readers, a line that is down) the page looks by itself, ever more rarely. It never complains.
const SOON = 300; // milliseconds over which everybody's looks are spread
const APART = 1200; // at least so long between two looks, unless a page wants longer
const FIRST = 4000; // without a stream: the first pause between two looks,
const LONGEST = 60_000; // and the longest
const AGAIN = 60_000; // after which a stream is asked for again where there was none
const BUSY = 300; // between two looks whether a form is still on its way

const shaken = (wait) => wait * (0.75 + Math.random() / 2);

// What `look` throws when there is nothing to follow any more: signed out, out of the class, the thread gone.
export class Gone extends Error {}

// Fetch a part of a page. Throws Gone, or an Error worth another try.
export async function fetchPart(address, headers = {}) {
  const response = await fetch(address, { headers: { "X-Fragment": "1", ...headers }, credentials: "same-origin" });
  if ([400, 401, 403, 404].includes(response.status)) throw new Gone();
  if (!response.ok && response.status !== 304) throw new Error(`answered ${response.status}`);
  return response;
}

// Wait until no form that matches is on its way: what is posted here at this moment arrives by its own way.
export async function untilSent(forms) {
  while (document.querySelector(`${forms}[aria-busy="true"]`)) await new Promise((done) => setTimeout(done, BUSY));
}

class Follower {
  constructor(address, look, { topics, apart = APART }) {
    this.address = address;
    this.look = look;
    this.topics = topics;
    this.apart = apart;
    this.pause = FIRST;
    this.looked = -Infinity;
  }

  start() {
    if (this.over || this.started) return;
    this.started = true;
    this.open();
    this.plan(shaken(SOON)); // what came while nobody looked
  }

  stop() {
    this.started = false;
    clearTimeout(this.timer);
    this.timer = 0;
    clearTimeout(this.reopening);
    this.source?.close();
    this.source = null;
  }

  open() {
    this.source?.close();
    const source = (this.source = new EventSource(this.address));
    let opened = false;
    source.onopen = () => {
      opened = this.streams = true;
      this.plan(shaken(SOON)); // what came before the stream did
    };
    source.onmessage = ({ data }) => {
      if (!this.topics || data.split("\n").some((topic) => this.topics.has(topic))) this.plan(shaken(SOON));
    };
    source.onerror = () => {
      source.close();
      this.streams = false;
      if (this.source !== source || !this.started) return;
      this.source = null;
      this.reopening = setTimeout(() => this.open(), shaken(opened ? FIRST / 2 : AGAIN));
      this.plan(shaken(this.pause));
    };
  }

  plan(wait) {
    const at = Math.max(performance.now() + wait, this.looked + this.apart);
    if (this.timer && this.due <= at) return;
    clearTimeout(this.timer);
    this.due = at;
    this.timer = setTimeout(() => this.ask(), at - performance.now());
  }

  async ask() {
    this.timer = 0;
    if (this.asking) return this.plan(BUSY);
    this.asking = true;
    this.looked = performance.now();
    try {
      const changed = await this.look();
      this.pause = changed ? FIRST : Math.min(this.pause * 1.5, LONGEST);
    } catch (error) {
      this.over = error instanceof Gone;
      this.pause = Math.min(this.pause * 2, LONGEST);
      if (this.started && !this.over) this.plan(shaken(this.pause)); // a look that failed is made again
    }
    this.asking = false;
    if (this.over) this.stop();
    else if (this.started && !this.streams) this.plan(shaken(this.pause));
  }
}

// Call `look` whenever something of the `topics` (a Set; none: whatever the stream tells) may have changed, at most once in
// `apart` milliseconds. `look` returns whether anything had.
export function follow(address, look, wishes = {}) {
  if (!("EventSource" in window)) return;
  const follower = new Follower(address, look, wishes);
  const turn = () => (document.visibilityState === "visible" ? follower.start() : follower.stop());
  document.addEventListener("visibilitychange", turn);
  addEventListener("pageshow", turn);
  addEventListener("signed-in", () => {
    follower.over = false;
    turn();
  });
  addEventListener("pagehide", () => follower.stop());
  turn();
}
