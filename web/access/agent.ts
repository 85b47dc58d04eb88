import { messages } from '#web/kit/messages.ts';

const browsers: [RegExp, string][] = [
  [/\bEdg\//, 'Edge'],
  [/\bFirefox\//, 'Firefox'],
  [/\bChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bLinux\b/, 'Linux'],
];

/** `Firefox on Linux`: enough to know one's own browsers by. */
export function agentName(agent: string | null): string {
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => agent && pattern.test(agent))?.[1];
  const browser = named(browsers);
  const system = named(systems);
  if (!browser) return agent?.split(' ')[0] ?? messages.access.unknownAgent;
  return system ? `${browser} on ${system}` : browser;
}
