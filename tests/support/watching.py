"""A watch over browser pages: what the console complains of, and who else is asked for anything."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

OWN_HOST = "127.0.0.1"


class Watch:
    """Collects what a page must not do; `complaints` is empty when all went well."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._complaints: list[str] = []
        self._allowed: list[str] = []

    @property
    def complaints(self) -> list[str]:
        """Everything seen but what a test allowed."""
        return [seen for seen in self._complaints if not any(part in seen for part in self._allowed)]

    def allow(self, part: str) -> None:
        """Let complaints with these words pass in this test: it provokes them."""
        self._allowed.append(part)

    def follow(self, context: BrowserContext) -> None:
        """Watch all pages and frames of a context."""
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("request", self._ask)
        context.on("page", self._attend)

    def _attend(self, page: Page) -> None:
        page.on("websocket", self._connect)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def _catch(self, error: WebError) -> None:
        self._complaints.append(f"uncaught: {error.error}")

    def _ask(self, request: Request) -> None:
        self._note(request.url)

    def _connect(self, socket: WebSocket) -> None:
        self._note(socket.url)

    def _note(self, url: str) -> None:
        self.requests.append(url)
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != OWN_HOST:
            self._complaints.append(f"foreign request: {url}")
