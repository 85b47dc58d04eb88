import { useQuery } from '@tanstack/react-query';
import { ApiTab } from '#web/catalog/entity/api-tab.tsx';
import { recordQuery } from '#web/catalog/queries.ts';
import { ReaderPage } from '#web/docs/reader/reader-page.tsx';
import { Load } from '#web/kit/states.tsx';

function ApiReference({ entityRef }: { entityRef: string }) {
  const record = useQuery(recordQuery(entityRef));
  return <Load query={record}>{(data) => <ApiTab key={entityRef} record={data} />}</Load>;
}

const slots = { apiReference: (ref: string) => <ApiReference entityRef={ref} /> };

/** The reader, with what the catalog says of APIs. */
export function DocsPage() {
  return <ReaderPage slots={slots} />;
}
