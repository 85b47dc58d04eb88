import type { MermaidConfig } from 'mermaid';
import type { Palette } from './protocol.ts';

export const FONT = 'Inter Diagram';
/** Pixels, of a label before it goes on in another line. */
const WIDEST = 240;
/** Pixels that the column of a page has for it. */
const COLUMN = 680;

/** Colours of slices, branches and sections, told to Mermaid one by one. */
function numbered(prefix: string, colours: readonly string[], from = 0): Record<string, string> {
  return Object.fromEntries(colours.map((colour, index) => [`${prefix}${index + from}`, colour]));
}

type Variables = Record<string, unknown>;

const ofFlow = ({
  panel,
  sunk,
  line,
  strongLine,
  text,
  dim,
  accent,
  accentBackground,
  background,
}: Palette): Variables => ({
  primaryColor: panel,
  primaryBorderColor: strongLine,
  primaryTextColor: text,
  secondaryColor: accentBackground,
  secondaryBorderColor: accent,
  secondaryTextColor: text,
  tertiaryColor: sunk,
  tertiaryBorderColor: line,
  tertiaryTextColor: text,
  lineColor: dim,
  textColor: text,
  mainBkg: panel,
  nodeBorder: strongLine,
  clusterBkg: sunk,
  clusterBorder: line,
  titleColor: text,
  edgeLabelBackground: background,
  attributeBackgroundColorOdd: background,
  attributeBackgroundColorEven: sunk,
});

const ofSequence = (colours: Palette): Variables => ({
  actorBkg: colours.panel,
  actorBorder: colours.strongLine,
  actorTextColor: colours.text,
  actorLineColor: colours.line,
  signalColor: colours.dim,
  signalTextColor: colours.text,
  labelBoxBkgColor: colours.sunk,
  labelBoxBorderColor: colours.line,
  labelTextColor: colours.text,
  loopTextColor: colours.text,
  noteBkgColor: colours.accentBackground,
  noteBorderColor: colours.accent,
  noteTextColor: colours.text,
  activationBkgColor: colours.accentBackground,
  activationBorderColor: colours.accent,
  sequenceNumberColor: colours.background,
});

const ofPlan = ({ line, bad, sunk, text, accent, accentBackground, background }: Palette): Variables => ({
  gridColor: line,
  todayLineColor: bad,
  taskBkgColor: accentBackground,
  taskBorderColor: accent,
  taskTextColor: text,
  taskTextDarkColor: text,
  taskTextOutsideColor: text,
  activeTaskBkgColor: accent,
  activeTaskBorderColor: accent,
  doneTaskBkgColor: sunk,
  doneTaskBorderColor: line,
  critBkgColor: bad,
  critBorderColor: bad,
  sectionBkgColor: sunk,
  altSectionBkgColor: background,
  sectionBkgColor2: sunk,
});

const ofSeries = ({ background, line, text, series }: Palette): Variables => ({
  pieStrokeColor: background,
  pieOuterStrokeColor: line,
  pieTitleTextColor: text,
  pieSectionTextColor: background,
  pieLegendTextColor: text,
  pieOpacity: '1',
  xyChart: { plotColorPalette: series.join(', ') },
  ...numbered('pie', series, 1),
  ...numbered('cScale', series),
  ...numbered(
    'cScaleLabel',
    series.map(() => background),
  ),
  ...numbered('git', series),
  ...numbered(
    'gitBranchLabel',
    series.map(() => background),
  ),
});

/** Diagrams in the colours of the portal: quiet boxes, one accent. */
export function configOf(colours: Palette): MermaidConfig {
  const fontFamily = `"${FONT}", sans-serif`;
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    deterministicIds: true,
    htmlLabels: false,
    suppressErrorRendering: true,
    theme: 'base',
    look: 'classic',
    layout: 'dagre',
    fontFamily,
    flowchart: { htmlLabels: false, curve: 'basis', padding: 12, wrappingWidth: WIDEST, minNodeWidth: 0 },
    state: { minNodeWidth: 0 },
    journey: { textPlacement: 'tspan' },
    gantt: { useWidth: COLUMN },
    sankey: { linkColor: 'source' },
    themeVariables: {
      darkMode: colours.dark,
      background: colours.background,
      fontFamily,
      fontSize: '15px',
      ...ofFlow(colours),
      ...ofSequence(colours),
      ...ofPlan(colours),
      ...ofSeries(colours),
    },
  };
}
