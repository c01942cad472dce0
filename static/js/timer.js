// The time left, by the server's clock. At the end what is on the page is saved and handed in.
const SPOKEN = [10, 5, 2, 1]; // minutes
const MINUTE = 60000;
const HIDDEN = "colloquy.timer.hidden";

function wordsFor(timer, left) {
  if (left <= 0) return timer.dataset.over;
  if (left > 2 * MINUTE) return timer.dataset.minutes.replace("{n}", Math.ceil(left / MINUTE));
  const seconds = Math.ceil(left / 1000);
  return timer.dataset.seconds.replace("{n}", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
}

function speak(timer, before, left, announce) {
  for (const minutes of SPOKEN) {
    if (before > minutes * MINUTE && left <= minutes * MINUTE) {
      announce(minutes === 1 ? timer.dataset.spokenOne : timer.dataset.spoken.replace("{n}", minutes));
    }
  }
}

function remembered() {
  try {
    return localStorage.getItem(HIDDEN) === "1";
  } catch {
    return false;
  }
}

function startHiding(timer, face) {
  const button = timer.querySelector("[data-timer-hide]");
  const show = (isHidden) => {
    face.hidden = isHidden;
    button.textContent = isHidden ? timer.dataset.show : timer.dataset.hide;
  };
  button.hidden = false;
  show(remembered());
  button.addEventListener("click", () => {
    show(!face.hidden);
    try {
      localStorage.setItem(HIDDEN, face.hidden ? "1" : "0");
    } catch {
      // not remembered then
    }
  });
}

// Milliseconds since this page was answered: on a slow line its scripts come much later.
function ageOfPage() {
  const [page] = performance.getEntriesByType("navigation");
  return page?.responseStart ? performance.now() - page.responseStart : 0;
}

// Starts the countdown. What is returned takes a later end, and the server's time, from an answer to a save.
export function startTimer({ announce, beforeEnd }) {
  const timer = document.querySelector("[data-timer]");
  if (!timer) return { move() {} };
  const face = timer.querySelector("[data-timer-words]");
  let ahead = 0; // the server's clock against this device's
  let ends = 0;
  let before = Infinity;
  let pulse = 0;
  const move = (newEnd, now, age = 0) => {
    if (!newEnd) return;
    ahead = Date.parse(now) + age - Date.now();
    ends = Date.parse(newEnd);
  };
  const left = () => ends - (Date.now() + ahead);
  const tick = () => {
    face.textContent = wordsFor(timer, left());
    timer.classList.toggle("late", left() <= 2 * MINUTE);
    if (before !== Infinity) speak(timer, before, left(), announce);
    before = left();
    if (before <= 0) end();
  };
  const end = async () => {
    clearInterval(pulse);
    await beforeEnd?.();
    if (left() > 0) return run(); // the last save told a later end
    document.querySelector("[data-time-up]")?.submit();
  };
  const run = () => {
    pulse = setInterval(tick, 1000);
    tick();
  };
  move(timer.dataset.ends, timer.dataset.now, ageOfPage());
  startHiding(timer, face);
  run();
  return { move };
}
