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

async function end(beforeEnd) {
  await beforeEnd?.();
  document.querySelector("[data-time-up]")?.submit();
}

export function startTimer({ announce, beforeEnd }) {
  const timer = document.querySelector("[data-timer]");
  if (!timer) return;
  const face = timer.querySelector("[data-timer-words]");
  const ahead = Date.parse(timer.dataset.now) - Date.now(); // the server's clock against this device's
  const ends = Date.parse(timer.dataset.ends);
  let before = Infinity;
  const tick = () => {
    const left = ends - (Date.now() + ahead);
    face.textContent = wordsFor(timer, left);
    timer.classList.toggle("late", left <= 2 * MINUTE);
    if (before !== Infinity) speak(timer, before, left, announce);
    before = left;
    if (left > 0) return;
    clearInterval(pulse);
    end(beforeEnd);
  };
  const pulse = setInterval(tick, 1000);
  startHiding(timer, face);
  tick();
}
