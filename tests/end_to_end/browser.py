"""A headless Chromium for tests: what it measures, draws and sees."""
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from support import JUDGES, skip

# The page's width, and whatever leaves it (what its own box hides or scrolls does not make the page wider).
MEASURE = """(() => {
  const page = document.scrollingElement, wide = [];
  if (page.scrollWidth > innerWidth)
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      if (box.right > innerWidth + 1 || box.left < -1) wide.push(element.tagName + '.' + element.className + ': ' + element.textContent.slice(0, 60));
    }
  return {inner: innerWidth, scroll: page.scrollWidth, wide: wide.slice(0, 3), styled: document.styleSheets.length};
})()"""

# Words of tables that go over two lines, but in tables whose words are too wide to stand beside each other.
BROKEN = """(() => {
  const broken = [];
  for (const cell of document.querySelectorAll('table:not(.very-wide) th, table:not(.very-wide) td')) {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode())
      for (const word of text.data.matchAll(/[^\\s\\u00ad\\u200b-]+/g)) {
        const range = document.createRange(); range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
      }
  }
  return broken;
})()"""

# Texts whose contrast with what is behind them is less than 4.5 (WCAG 2.2, 1.4.3). The reading system gives page and text the
# colours PAGE and INK, as its own style sheet does.
CONTRAST = """((page, ink) => {
  document.documentElement.style.cssText = `background-color: ${page}; color: ${ink}`;
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => { const [r, g, b] = parts(colour).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = element => { for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor; if ((parts(colour)[3] ?? 1) > 0) return colour; } return page; };
  const weak = []; let texts = 0;
  for (const element of document.body.querySelectorAll('*')) {
    if (![...element.childNodes].some(child => child.nodeType === 3 && child.data.trim())) continue;
    const one = light(getComputedStyle(element).color), other = light(behind(element)); ++texts;
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) weak.push(element.tagName + '.' + element.className + ' ' + getComputedStyle(element).color + ' ' + contrast.toFixed(2));
  }
  return {texts, weak: [...new Set(weak)].slice(0, 10)};
})(PAGE, INK)"""
# (scheme, page, ink): light, dark, and sepia, which reading systems show without telling.
COLOURS = (("light", "rgb(255, 255, 255)", "rgb(0, 0, 0)"), ("dark", "rgb(18, 18, 18)", "rgb(224, 224, 224)"),
           ("light", "rgb(244, 236, 216)", "rgb(60, 45, 30)"))


class Browser:
    """One headless Chromium, spoken to in the DevTools protocol through a pair of pipes (--remote-debugging-pipe)."""

    def __init__(self, program):
        self.profile = tempfile.TemporaryDirectory(prefix="bifolio-browser-", ignore_cleanup_errors=True)
        read_commands, self.commands = os.pipe()
        self.answers, write_answers = os.pipe()
        # The browser reads from descriptor 3 and writes to 4; first copied out of the way, as they may be just these two.
        copies = [os.dup(read_commands), os.dup(write_answers)]

        def connect():
            spare = [os.dup(copies[0]), os.dup(copies[1])]
            os.dup2(spare[0], 3)
            os.dup2(spare[1], 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
             "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars", "--remote-debugging-pipe",
             "--user-data-dir=" + self.profile.name, "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for descriptor in (read_commands, write_answers, *copies):
            os.close(descriptor)
        self.unread, self.number, self.session, self.events = b"", 0, None, []
        page = next(target for target in self.call("Target.getTargets")["targetInfos"] if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        self.call("Page.enable")

    def close(self):
        self.process.terminate()
        self.process.wait()
        os.close(self.commands)
        os.close(self.answers)
        self.profile.cleanup()

    def message(self):
        while b"\0" not in self.unread:
            piece = os.read(self.answers, 1 << 20)
            if not piece:
                raise EOFError("the browser has ended")
            self.unread += piece
        first, _, self.unread = self.unread.partition(b"\0")
        return json.loads(first)

    def call(self, method, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]))
                return answer["result"]
            self.events.append(answer.get("method"))

    def open(self, path):
        self.events = []
        self.call("Page.navigate", url=Path(path).as_uri())
        while "Page.loadEventFired" not in self.events:
            self.events.append(self.message().get("method"))

    def width(self, pixels):
        self.call("Emulation.setDeviceMetricsOverride", width=pixels, height=800, deviceScaleFactor=1, mobile=False)

    def evaluate(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)["result"].get("value")

    def measure(self):
        return self.evaluate(MEASURE)

    def broken_words(self):
        return self.evaluate(BROKEN)

    def weak_contrasts(self, scheme, page, ink):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        return self.evaluate(CONTRAST.replace("PAGE", json.dumps(page)).replace("INK", json.dumps(ink)))

    def fonts(self):
        """The families of all text of the page and whether the page brought them, by what the browser drew."""
        self.evaluate("document.fonts.ready.then(() => 0)")
        self.call("DOM.enable")
        self.call("CSS.enable")
        root = self.call("DOM.getDocument", depth=0)["root"]["nodeId"]
        found = set()
        for node in self.call("DOM.querySelectorAll", nodeId=root, selector="body *")["nodeIds"]:
            for font in self.call("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]:
                found.add((font["familyName"], font["isCustomFont"]))
        return found


class InBrowser:
    """A test's browser; stands before BookTest among the bases."""

    def setUp(self):
        super().setUp()
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if not JUDGES:
            skip("the validators run in the other build")
        if not program:
            skip("there is no chromium")
        self.browser = Browser(program)
        self.addCleanup(self.browser.close)
