"""How somebody works a page: with the mouse, or with the keyboard and nothing else."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from datetime import datetime

from playwright.sync_api import Error, Locator, Page, expect

# More than any page has between its top and its last button.
MOST_STOPS = 250
# Where the focus is as seen from an element: on it, among the radio buttons of its group, elsewhere, or it is gone.
FOCUS = """element => {
    const focused = document.activeElement;
    if (!element.isConnected) return "gone";
    if (element === focused) return "on it";
    return focused.type === "radio" && focused.name === element.name ? "in its group" : "elsewhere";
}"""


class Hands(ABC):
    """What a person does on a page; each waits until the thing is there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def arrive(self, heading: str) -> None:
        """Wait until the page with this heading is shown."""
        expect(self.page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Open a link by its words."""
        self.use((within or self.page).get_by_role("link", name=name, exact=True).first)

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a button by its words."""
        self.use((within or self.page).get_by_role("button", name=name, exact=True).first)

    def write(self, label: str, text: str, within: Locator | None = None) -> None:
        """Put text into the field with this label, in place of what it holds."""
        self.fill((within or self.page).get_by_label(label, exact=True).last, text)

    @abstractmethod
    def use(self, target: Locator) -> None:
        """Open a link, press a button, unfold what is folded."""

    @abstractmethod
    def fill(self, target: Locator, text: str) -> None:
        """Put text into a field, in place of what it holds."""

    @abstractmethod
    def tick(self, target: Locator) -> None:
        """Choose a radio button or tick a box."""

    @abstractmethod
    def select(self, target: Locator, words: str) -> None:
        """Choose from a list by the words shown in it."""

    @abstractmethod
    def set_moment(self, target: Locator, moment: datetime) -> None:
        """Set a date with its time, minutes included."""


class Mouse(Hands):
    """Points and clicks."""

    def use(self, target: Locator) -> None:
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        target.fill(text)

    def tick(self, target: Locator) -> None:
        target.check()

    def select(self, target: Locator, words: str) -> None:
        target.select_option(label=words)

    def set_moment(self, target: Locator, moment: datetime) -> None:
        target.fill(moment.strftime("%Y-%m-%dT%H:%M"))


class Thumb(Mouse):
    """Taps what can be seen; a list opens the device's own picker."""

    def use(self, target: Locator) -> None:
        target.tap()

    def tick(self, target: Locator) -> None:
        if not target.is_checked():
            target.locator("xpath=ancestor::label[1]").tap()
        expect(target).to_be_checked()


class Keyboard(Hands):
    """Never touches the mouse: every step is a key that a keyboard has, and text is pasted."""

    def reach(self, target: Locator) -> None:
        """Go there with the Tab key; fail if it never gets the focus or does not show that it has it."""
        self._go(target, by_arrows=False)
        assert target.evaluate("element => element.matches(':focus-visible')")

    def _go(self, target: Locator, *, by_arrows: bool) -> None:
        """Press Tab until the target has the focus; `by_arrows`, an arrow where its group of radio buttons has it.

        The element is looked up once, not at each of up to hundreds of stops.
        """
        element = target.element_handle()
        for _stop in range(MOST_STOPS):
            try:
                focus = element.evaluate(FOCUS)
            except Error:  # another page has come
                focus = "gone"
            if focus == "on it":
                return
            if focus == "gone":
                element = target.element_handle()
            else:
                self.page.keyboard.press("ArrowDown" if by_arrows and focus == "in its group" else "Tab")
        raise AssertionError(f"no key reaches {target} on {self.page.url}")

    def use(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def fill(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        expect(target).to_have_value(text)

    def tick(self, target: Locator) -> None:
        target.wait_for(state="attached")
        if target.get_attribute("type") == "radio":
            self._go(target, by_arrows=True)  # radio buttons are one stop of the Tab key
        else:
            self.reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def select(self, target: Locator, words: str) -> None:
        self.reach(target)
        self.page.keyboard.type(words)
        expect(target.locator("option:checked")).to_have_text(words)

    def set_moment(self, target: Locator, moment: datetime) -> None:
        self.reach(target)
        self.page.keyboard.type(moment.strftime("%m%d%Y"))
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(moment.strftime("%I%M%p"))
        expect(target).to_have_value(moment.strftime("%Y-%m-%dT%H:%M"))
