create table booking (
  id uuid primary key,
  currency char(3) not null,
  written_at timestamptz not null default now()
);

create table entry (
  booking_id uuid not null references booking,
  account text not null,
  amount bigint not null check (amount <> 0)
);
