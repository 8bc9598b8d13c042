"""The page in a real browser: what the script does, and that nothing of a report runs. Skips where Chromium is absent."""

from __future__ import annotations

import shutil

import pytest

from giro_lint.reporting.formats import render
from giro_lint.reporting.html import page as page_module
from giro_lint.reporting.job import Job
from reports import CLEAN, FAULTY, FAULTY_2019, HOSTILE, linted, made

webdriver = pytest.importorskip("selenium.webdriver")
By = pytest.importorskip("selenium.webdriver.common.by").By
Keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
ui = pytest.importorskip("selenium.webdriver.support.ui")

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="Chromium and its driver are absent")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,1000",
    "--force-prefers-reduced-motion",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def visit(browser, tmp_path):
    """Open the page of some reports; at the end nothing may have been complained of."""

    def call(reports, lang="zh", fragment=""):
        path = tmp_path / "page.html"
        path.write_text(render("html", reports, Job(lang=lang)), encoding="utf-8", errors="backslashreplace")
        browser.get("about:blank")
        browser.get(path.as_uri() + fragment)
        return Page(browser)

    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.get_log("browser")
    yield call
    assert browser.get_log("browser") == []


class Page:
    def __init__(self, driver):
        self.driver = driver

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def seen(self, selector):
        return [element for element in self.all(selector) if element.is_displayed()]

    def one(self, selector):
        (element,) = self.seen(selector)
        return element

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def press(self, keys):
        self.driver.switch_to.active_element.send_keys(keys)

    def chosen(self):
        """Number of the finding chosen, or an empty text."""
        return "".join(element.get_attribute("data-n") for element in self.all(".f.on"))

    def in_view(self, element):
        """Whether an element is within the window, not only within the page."""
        script = "const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight"
        return self.run(script, element)

    def wait(self, what):
        ui.WebDriverWait(self.driver, 10).until(lambda _: what())


def numbers(page):
    return [element.get_attribute("data-n") for element in page.seen(".f")]


def test_a_click_on_a_finding_shows_its_place_and_lights_its_equation(visit):
    page = visit([linted(FAULTY)])
    page.one('.f[data-n="10"] .go').click()
    assert page.chosen() == "10"
    page.wait(lambda: page.in_view(page.one("#f1m10")))
    assert [cell.text for cell in page.all(".paper td.total")] == ["5", "21"]
    assert len(page.all(".paper td.lit")) == 28
    assert {cell.get_attribute("data-op") for cell in page.all(".paper td.lit")} == {"+", "≠"}
    assert "13 + 1 + 1 + 5 + 1 + 1 = 22 ≠ 21" in " ".join(page.one(".f.on .sums").text.split())
    page.one('.f[data-n="11"] .go').click()
    assert [cell.text for cell in page.all(".paper td.total")] == ["2\n11"]
    page.press(Keys.ESCAPE)
    assert page.chosen() == ""
    assert page.all(".lit") == []


def test_a_click_on_a_mark_chooses_the_finding_and_again_the_next_there(visit):
    page = visit([linted(FAULTY)])
    page.all('mark[data-f~="4"]')[0].click()
    assert page.chosen() == "4"
    assert page.in_view(page.one(".f.on"))
    marks = page.all("mark[data-f='15 16']")
    assert marks
    marks[0].click()
    assert page.chosen() == "15"
    marks[0].click()
    assert page.chosen() == "16"


def test_pointing_at_a_finding_lights_what_belongs_to_it(visit):
    page = visit([linted(FAULTY)])
    webdriver.ActionChains(page.driver).move_to_element(page.one('.f[data-n="10"] .go')).perform()
    page.wait(lambda: len(page.all(".paper td.total")) == 2)
    webdriver.ActionChains(page.driver).move_to_element(page.one(".top h1")).perform()
    page.wait(lambda: page.all(".lit") == [])


def test_keys(visit):
    page = visit([linted(FAULTY)])
    walked = []
    for key in ("j", "j", "j", "k"):
        page.press(key)
        walked.append(page.chosen())
    assert walked == ["10", "11", "2", "11"]  # errors first
    assert page.one(".at").text == "2 / 16"
    page.press("/")
    field = page.one(".find")
    assert page.driver.switch_to.active_element == field
    field.send_keys("jk邮编")
    assert numbers(page) == []
    assert page.chosen() == ""
    field.send_keys(Keys.ESCAPE)
    assert len(numbers(page)) == 16
    assert page.driver.switch_to.active_element != field
    page.press(Keys.TAB)
    assert page.run("return document.activeElement.matches('a, button, input, select, [tabindex]')")


def test_filters(visit):
    page = visit([linted(FAULTY)])
    page.one(".find").send_keys("邮编")
    assert numbers(page) == ["2"]
    assert page.one(".at").text == "1"
    assert "off" in page.all('mark[data-f="4"]')[0].get_attribute("class")
    page.one(".find").clear()
    page.one(".find").send_keys(Keys.SPACE, Keys.BACKSPACE)
    page.one(".chip.w").click()
    assert numbers(page) == ["10", "11", "1", "7", "13", "16"]
    assert page.one(".chip.w").get_attribute("aria-pressed") == "false"
    ui.Select(page.one(".fam")).select_by_visible_text("合计")
    assert numbers(page) == ["10", "11"]
    page.one(".chip.e").click()
    assert numbers(page) == []
    assert page.one("aside > p").text == "没有符合条件的条目。"


def test_the_list_can_be_ordered(visit):
    page = visit([linted(FAULTY)])
    order = ui.Select(page.one(".ord"))
    assert [e.text for e in page.seen(".group")] == ["错误", "警告", "提示"]
    order.select_by_value("place")
    assert numbers(page) == [str(n) for n in range(1, 17)]
    assert page.seen(".group") == []
    order.select_by_value("family")
    groups = [e.text for e in page.seen(".group")]
    assert len(groups) == len(set(groups)) == 9
    assert "合计" in groups


def test_paper_has_footnotes_in_the_order_of_the_text(visit):
    page = visit([linted(FAULTY)])
    page.one('.f[data-n="10"] .go').click()
    page.run("dispatchEvent(new Event('beforeprint'))")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert numbers(page) == [str(n) for n in range(1, 17)]
    assert page.one(".foot").text
    assert len(page.seen(".more")) == 16
    assert page.seen(".tools, .top nav, body > footer") == []
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    page.run("dispatchEvent(new Event('afterprint'))")
    assert numbers(page)[0] == "10"


def test_a_small_screen(visit, browser):
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    page = visit([linted(FAULTY)])
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")
    assert numbers(page) == []
    page.one(".next").click()
    assert numbers(page) == ["10"]
    reference = page.one("#f1m10")
    page.wait(lambda: page.in_view(reference))
    assert page.run("return arguments[0].getBoundingClientRect().bottom", reference) < page.one("aside").rect["y"]
    page.one(".open").click()
    assert len(numbers(page)) == 16
    page.one('.f[data-n="11"] .go').click()
    assert numbers(page) == ["11"]
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_light_and_dark(visit, browser):
    page = visit([linted(FAULTY)])

    def ground():
        return page.run("return getComputedStyle(document.body).backgroundColor")

    for scheme in ("light", "dark"):
        browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        before = ground()
        page.one("#theme").click()
        assert ground() != before
        page.one("#theme").click()
        assert ground() == before
        assert page.run(CONTRAST) == []
        page.run("delete document.documentElement.dataset.theme")


CONTRAST = """
const light = (c) => {
  const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (e) => {
  while (e) {
    const c = getComputedStyle(e).backgroundColor;
    if (!/rgba\\(.*, 0\\)|transparent/.test(c)) return c;
    e = e.parentElement;
  }
  return "rgb(255, 255, 255)";
};
return [...document.querySelectorAll("p, th, td, h1, h2, h3, h4, button, a, mark, span")]
  .filter((e) => e.offsetParent && !e.disabled && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => {
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), e.className + " " + e.textContent.slice(0, 20)];
  })
  .filter(([ratio]) => ratio < 4.5);
"""


def test_many_files(visit, monkeypatch):
    files = [linted(FAULTY, "b.txt"), linted(CLEAN, "c.txt"), linted(FAULTY_2019, "a.txt")]
    for limit in (page_module.LARGEST_OPEN, 1000):
        monkeypatch.setattr(page_module, "LARGEST_OPEN", limit)
        page = visit(files)

        def names(page=page):
            return [e.text for e in page.seen("#files tbody th")]

        assert page.seen("article") == []
        assert names() == ["b.txt", "c.txt", "a.txt"]
        file, errors = page.all("#files thead th")[0], page.all("#files thead th")[4]
        file.find_element(By.TAG_NAME, "button").click()
        assert names() == ["a.txt", "b.txt", "c.txt"]
        errors.find_element(By.TAG_NAME, "button").click()
        assert names() == ["a.txt", "b.txt", "c.txt"]
        assert errors.get_attribute("aria-sort") == "descending"
        errors.find_element(By.TAG_NAME, "button").click()
        assert names() == ["c.txt", "b.txt", "a.txt"]
        page.one("#ff").send_keys("水利")
        assert names() == ["b.txt"]
        page.one("#files tbody a").click()
        page.wait(lambda page=page: page.seen("article"))
        assert page.one("article .file h2").text == "b.txt"
        assert page.seen("#summary") == []
        page.press("j")
        assert page.chosen() == "10"
        page.one("#nf").click()
        page.wait(lambda page=page: page.one("article .file h2").text == "c.txt")
        assert page.one("aside > p.ok").text == "没有发现问题。"
        page.driver.back()
        page.wait(lambda page=page: page.one("article .file h2").text == "b.txt")
        page.one("#home").click()
        page.wait(lambda page=page: page.seen("#summary"))


def test_an_address_leads_to_a_finding(visit):
    page = visit([linted(CLEAN, "a.txt"), linted(FAULTY, "b.txt")], fragment="#f2n12")
    page.wait(lambda: page.chosen() == "12")
    assert page.in_view(page.one("#f2m12"))


def test_nothing_of_a_report_runs(visit, monkeypatch):
    hostile = [*made(), linted(FAULTY.replace("水利局", HOSTILE)), linted(HOSTILE, HOSTILE)]
    for limit in (page_module.LARGEST_OPEN, 10):
        monkeypatch.setattr(page_module, "LARGEST_OPEN", limit)
        page = visit(hostile)
        for number in range(1, len(hostile) + 1):
            page.run("location.hash = arguments[0]", f"#f{number}")
            page.wait(lambda page=page, number=number: page.seen(f"#f{number}"))
            page.press("j")
        assert page.run("return window.hacked === undefined")
        assert page.run("return document.querySelectorAll('article script, article img').length") == 0


def test_without_scripts_the_page_is_complete(visit, browser):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = visit([linted(FAULTY)])
        assert numbers(page) == [str(n) for n in range(1, 17)]
        assert len(page.seen(".more")) == 16
        assert page.seen(".js") == []
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
