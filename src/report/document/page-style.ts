import { COLOUR_TOKENS } from "../charts/theme.ts";

const tokens = (theme: "light" | "dark"): string =>
  COLOUR_TOKENS.map((token) => `--${token.name}:${token[theme]};`).join("");

/** As strong as any selector that sets colours, so that what comes later wins. */
const EVERY_ROOT = ':root,:root[data-theme="dark"],:root:not([data-theme="light"])';

/** Grid lines: GrayText is a loud colour in many of the systems' themes. */
const FAINT = "color-mix(in srgb,CanvasText 25%,Canvas)";

/** With colours chosen by the reader's system, series keep apart by dash, marker and texture alone. */
const FORCED_TOKENS = COLOUR_TOKENS.map(({ name }) => {
  if (name === "surface" || name === "raised") return `--${name}:Canvas;`;
  return `--${name}:${name === "rule" ? FAINT : name === "accent" ? "LinkText" : "CanvasText"};`;
}).join("");

/** The style sheet of the report. The colours come from the theme of the charts, so page and drawings can't drift apart. */
export const PAGE_STYLE = `
:root{color-scheme:light;${tokens("light")}}
@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){color-scheme:dark;${tokens("dark")}}}
:root[data-theme="dark"]{color-scheme:dark;${tokens("dark")}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
header,main,footer{max-width:992px;margin:0 auto;padding:0 16px}
header{padding-top:24px}
h1{font-size:26px;line-height:1.2;margin:4px 0 8px}
h2{font-size:19px;line-height:1.3;margin:48px 0 8px;padding-top:16px;border-top:1px solid var(--rule)}
p{margin:8px 0}
a{color:var(--accent)}
.run{margin:0}
.run,.note,caption,.hint{color:var(--muted);font-size:13px}
.skip{position:absolute;left:-9999px}
.skip:focus{position:static;display:block;padding:8px 16px}
.tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:8px 0}
nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;margin:16px 0;padding:0;list-style:none;font-size:13px}
.headlines{margin:16px 0;padding:0;list-style:none}
.headlines li{padding:8px 12px;margin:0 0 8px;background:var(--raised);border-left:4px solid var(--accent)}
.warnings li{border-left-color:var(--bad)}
button{font:inherit;font-size:13px;color:inherit;background:var(--raised);border:1px solid var(--muted);border-radius:4px;padding:4px 10px;cursor:pointer}
button[aria-pressed="true"]{background:var(--ink);color:var(--surface);border-color:var(--ink)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
figure{margin:24px 0 32px}
figcaption{margin:0 0 12px}
figcaption strong{display:block;font-size:16px}
figcaption span{color:var(--muted)}
.plot{overflow:hidden}
svg.chart{display:block;max-width:100%;height:auto;font-family:inherit}
.narrow{display:none}
.readout{min-height:1.5em;margin:4px 0 0;font-size:13px}
figure .readout{float:right;max-width:calc(100% - 160px);min-height:0;margin:2px 0 0;text-align:right}
.cursor{fill:none;stroke:var(--ink);stroke-width:2}
details{margin:8px 0}
summary{cursor:pointer;width:max-content;max-width:100%;color:var(--accent);padding:2px 0}
.scroll{overflow:auto;margin:8px 0;max-width:100%;max-height:44rem}
.bleed{width:min(1216px,100vw - 48px);margin-left:calc(50% - min(608px,50vw - 24px));max-width:none}
caption.hidden{position:absolute;left:-9999px}
figure .scroll{max-height:26rem;overflow-y:auto}
table{border-collapse:collapse;font-size:13px}
caption{text-align:left;padding:4px 0;caption-side:top}
th,td{overflow-wrap:normal;text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid var(--rule)}
thead th{vertical-align:bottom;border-bottom:0;padding-bottom:8px;position:sticky;top:0;z-index:1;background:var(--surface);box-shadow:inset 0 -2px var(--muted)}
tbody th{font-weight:600}
td{text-align:right;white-space:nowrap}
td.t{text-align:left;white-space:normal}
th.n{text-align:right}
.comparison thead th:not(:first-child){text-align:right}
.comparison thead th:first-child{z-index:2}
.comparison th:first-child{position:sticky;left:0;background:var(--surface);min-width:112px}
.comparison td>*{display:block}
.comparison tbody th .note{display:block;font-weight:400}
.comparison th,.comparison td{padding:6px 8px}
.comparison td .note{font-size:12px}
.comparison thead button{background:none;border:0;padding:2px 0;text-align:inherit;font-weight:600;border-bottom:1px dotted var(--muted);border-radius:0}
.comparison thead th[aria-sort="ascending"] button::after{content:" ↑"}
.comparison thead th[aria-sort="descending"] button::after{content:" ↓"}
.verdict{font-size:11px;white-space:normal;min-width:88px;color:var(--muted);line-height:1.25}
.verdict.better{color:var(--good)}
.verdict.worse{color:var(--bad)}
.verdict.differs{color:var(--ink)}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:16px 0}
.facts dt{color:var(--muted)}
.facts dd{margin:0;overflow-wrap:anywhere}
pre{overflow:auto;max-height:44rem;background:var(--raised);padding:12px;font-size:13px;line-height:1.4}
code{font-size:13px;overflow-wrap:anywhere}
select,input{font:inherit;font-size:13px;color:inherit;background:var(--surface);border:1px solid var(--muted);border-radius:4px;padding:3px 6px}
input[type="range"]{width:100%;padding:0;margin:12px 0 0;accent-color:var(--accent)}
input[type="number"]{width:9em}
label{font-size:13px;color:var(--muted)}
.clock{font-weight:600}
.changes{min-height:4.5em;margin:0 0 16px;padding-left:20px;font-size:13px;color:var(--muted)}
.changed{outline:2px solid var(--accent);outline-offset:-2px;font-weight:600}
footer{padding-top:24px;padding-bottom:48px;color:var(--muted);font-size:13px;overflow-wrap:anywhere}
@media (max-width:720px){
.plot{overflow-x:auto}
.wide>svg.chart{max-width:none}
.wide:has(+.narrow>svg){display:none}
.narrow{display:block}
figure .readout{float:none;max-width:none;text-align:left}
h2{margin-top:32px}
.bleed{width:auto;margin-left:0}
h1{font-size:22px}
.facts{grid-template-columns:1fr;gap:0}
.facts dd{margin-bottom:8px}
.comparison th:first-child{max-width:128px;overflow-wrap:anywhere}
}
@media (prefers-contrast:more){:root{--muted:var(--ink);--rule:var(--ink)}}
@media (prefers-reduced-motion:no-preference){button{transition:background-color 120ms}}
@media (forced-colors:active){
${EVERY_ROOT}{${FORCED_TOKENS}}
button[aria-pressed="true"]{background:ButtonFace;color:ButtonText;border:3px solid Highlight}
.changed{outline-color:Highlight}
thead th{border-bottom:2px solid}
.filled{fill-opacity:.12;stroke:CanvasText}
svg.chart pattern:not([id$="-fault"])>*{stroke-opacity:.8;stroke-width:1.5px;fill-opacity:.9}
}
@media print{
${EVERY_ROOT}{color-scheme:light;${tokens("light")}}
body{font-size:11pt}
button,.tools,nav,.readout,.skip,#film,#explain{display:none}
.comparison thead button{display:inline}
thead th,.comparison th:first-child{position:static}
thead th{box-shadow:none;border-bottom:2px solid var(--muted)}
figure,tr{break-inside:avoid}
.bleed{width:auto;margin-left:0}
.comparison,.comparison td .note,.comparison tbody th .note{font-size:7pt}
.comparison th,.comparison td{padding:3px 4px}
.comparison th:first-child{min-width:22mm}
.comparison thead button,.verdict{min-width:0;font-size:6pt}
.moments table{font-size:6pt}
#to-method table{font-size:7pt}
.moments th,.moments td,#to-method th,#to-method td{padding:2px 4px}
.moments td:first-child,#to-method td:nth-child(n+3){overflow-wrap:anywhere}
details:not([open]){display:none}
h2{break-after:avoid}
.switch>[hidden]{display:block}
.scroll,figure .scroll{overflow:visible;max-height:none}
pre{white-space:pre-wrap;overflow:visible;max-height:none}
.wide>svg.chart{max-width:100%}
}
`;
