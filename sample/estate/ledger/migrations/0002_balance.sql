create materialized view balance as
  select account, sum(amount) as amount from entry group by account;

create unique index balance_account on balance (account);
