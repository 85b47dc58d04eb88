import { describe, expect, it } from 'vitest';
import { terraform } from './terraform.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('terraform', () => {
  it('finds what software uses at run time, with its line', () => {
    const source =
      'resource "aws_sqs_queue" "jobs" {\n  name = "work-jobs"\n}\n\nresource "aws_s3_bucket" "this" {\n  bucket = var.bucket\n}\nresource "null_resource" "x" {\n}\n';
    expect(terraform.detect(treeOf({ 'infra/main.tf': source }))).toMatchObject([
      { what: 'resource', name: 'work-jobs', type: 'queue', aliases: ['jobs'], place: { line: 1 } },
      { name: 's3-bucket', type: 'bucket', place: { line: 5 } },
    ]);
  });
});
