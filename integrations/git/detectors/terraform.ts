import type { Detector, Finding, Tree } from '../detector.ts';
import { entityName } from '../reading/names.ts';
import { lineOf } from '../reading/parse.ts';
import { ourFiles } from '../reading/paths.ts';

/** What a block's type is for. Only things that software of the estate uses at run time. */
const TYPES: readonly [RegExp, string][] = [
  [
    /^(google_redis_(instance|cluster)|google_memcache_instance|aws_elasticache_(cluster|replication_group|serverless_cache)|aws_memorydb_cluster|azurerm_redis_cache|azurerm_managed_redis)$/,
    'cache',
  ],
  [
    /^(google_sql_database_instance|google_spanner_(instance|database)|google_alloydb_cluster|google_bigtable_instance|google_firestore_database|google_bigquery_dataset|aws_db_instance|aws_rds_cluster|aws_dynamodb_table|aws_docdb_cluster|aws_neptune_cluster|aws_redshift_cluster|aws_opensearch_domain|aws_elasticsearch_domain|azurerm_cosmosdb_account|azurerm_(postgresql|mysql)_(flexible_)?server|azurerm_mssql_(server|database)|digitalocean_database_cluster|mongodbatlas_cluster|mongodbatlas_advanced_cluster)$/,
    'database',
  ],
  [
    /^(aws_s3_bucket|google_storage_bucket|azurerm_storage_account|azurerm_storage_container|digitalocean_spaces_bucket|cloudflare_r2_bucket|minio_s3_bucket)$/,
    'bucket',
  ],
  [
    /^(aws_sqs_queue|aws_sns_topic|aws_msk_cluster|aws_mq_broker|aws_kinesis_stream|google_pubsub_topic|google_cloud_tasks_queue|azurerm_servicebus_(namespace|queue|topic)|azurerm_eventhub(_namespace)?|azurerm_storage_queue|confluent_kafka_(cluster|topic)|kafka_topic)$/,
    'queue',
  ],
  [
    /^(google_container_cluster|aws_eks_cluster|aws_ecs_cluster|azurerm_kubernetes_cluster|azurerm_kubernetes_automatic_cluster|digitalocean_kubernetes_cluster)$/,
    'cluster',
  ],
  [
    /^(azurerm_cognitive_account|azurerm_ai_services|google_vertex_ai_endpoint|aws_sagemaker_endpoint)$/,
    'ai-service',
  ],
];
const NAME_KEYS =
  /^[ \t]*(name|identifier|bucket|cluster_identifier|cluster_id|cluster_name|instance_id|dataset_id|domain_name|replication_group_id|account_name)\s*=\s*"([^"$]+)"\s*$/m;

export const terraform: Detector = {
  id: 'terraform',
  detect: (tree) =>
    ourFiles(tree)
      .filter((path) => path.endsWith('.tf'))
      .flatMap((path) => readFile(tree, path)),
};

function readFile(tree: Tree, path: string): Finding[] {
  const source = tree.read(path) ?? '';
  const blocks = [...source.matchAll(/^resource\s+"([\w-]+)"\s+"([\w-]+)"\s*\{/gm)];
  return blocks.flatMap((block): Finding[] => {
    const kind = block[1] ?? '';
    const label = block[2] ?? '';
    const type = TYPES.find(([pattern]) => pattern.test(kind))?.[1];
    if (!type) return [];
    // A block that starts a line ends at the next brace that does.
    const end = source.indexOf('\n}', block.index);
    const body = source.slice(block.index, end === -1 ? undefined : end);
    const given = NAME_KEYS.exec(body)?.[2];
    const generic = /^(this|main|default|primary|example|instance)$/.test(label);
    const name = entityName(given ?? (generic ? `${kind.split('_').slice(1).join('-')}` : label));
    return [
      {
        what: 'resource',
        name,
        type,
        aliases: [label],
        description: `${kind} in Terraform`,
        place: tree.place(path, lineOf(source, block.index)),
        confidence: 'found',
      },
    ];
  });
}
