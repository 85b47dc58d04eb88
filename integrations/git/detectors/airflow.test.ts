import { describe, expect, it } from 'vitest';
import { airflow } from './airflow.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('airflow', () => {
  it('makes a pipeline of each DAG', () => {
    const tree = treeOf({
      'dags/etl.py': 'from airflow import DAG\nwith DAG("nightly-etl", schedule="@daily"):\n  pass\n',
      'dags/task.py': 'from airflow.decorators import dag\n@dag(schedule=None)\ndef hourly():\n  pass\n',
      'dags/util.py': 'import os\n',
    });
    expect(airflow.detect(tree)).toMatchObject([
      {
        folder: 'dags/etl.py',
        name: 'nightly-etl',
        type: 'pipeline',
        framework: 'Airflow',
        place: { line: 2 },
      },
      { folder: 'dags/task.py', name: 'hourly' },
    ]);
  });
});
