/**
 * Registered locations say nothing of people and groups: roles are granted to groups, and whoever may register a
 * location could make themselves a member of any.
 */
import type { Contribution, PartReading, Problem } from '#model/contribution.ts';
import type { Source, SourceContext } from '#model/integration.ts';

/** A source that leaves people and groups out of what it hands over. */
export function sourceWithoutPeople(source: Source): Source {
  const limited = (context: SourceContext): SourceContext => ({
    ...context,
    apply: (readings) => context.apply(withoutPeople(readings)),
  });
  return {
    read: (context) => source.read(limited(context)),
    ...(source.watch ? { watch: async (context) => source.watch?.(limited(context)) } : {}),
    ...(source.find ? { find: (address) => source.find?.(address) } : {}),
    ...(source.propose ? { propose: async (change) => source.propose?.(change) } : {}),
  };
}

export function withoutPeople(readings: readonly PartReading[]): PartReading[] {
  return readings.map((reading) => {
    const refused = reading.contributions.filter(isOfPeople);
    if (refused.length === 0 && !reading.lastGood?.some(isOfPeople)) return reading;
    return {
      ...reading,
      contributions: reading.contributions.filter((each) => !isOfPeople(each)),
      ...(reading.lastGood ? { lastGood: reading.lastGood.filter((each) => !isOfPeople(each)) } : {}),
      problems: [...(reading.problems ?? []), ...refused.map(toProblem)],
    };
  });
}

function isOfPeople({ ref }: Contribution): boolean {
  return /^(?:user|group):/.test(ref);
}

function toProblem({ ref, place }: Contribution): Problem {
  return {
    level: 'warning',
    message: `A registered location can’t describe ${ref}`,
    remedy: 'Have the configuration name its place as a source: people and groups come from there.',
    ref,
    ...(place.path === undefined ? {} : { path: place.path }),
    ...(place.line === undefined ? {} : { line: place.line }),
  };
}
