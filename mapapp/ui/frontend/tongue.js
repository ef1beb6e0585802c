/* Tells the document its language and its direction, which Streamlit cannot: the style sheet mirrors the page by it. */

export default function tongue({ data }) {
  document.documentElement.lang = data.lang;
  document.documentElement.dir = data.dir;
}
