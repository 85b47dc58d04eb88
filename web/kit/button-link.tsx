import { Button, type ButtonProps } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { UrlSearch } from './url.ts';

interface Props extends ButtonProps {
  to: string;
  search?: UrlSearch;
  children: ReactNode;
}

/** A link that looks like a button: it leads to a page of the app. */
export function ButtonLink({ to, search, children, ...look }: Props) {
  const target = { to, search: search ?? {} } as LinkProps;
  return (
    <Button component={Link} {...look} {...target}>
      {children}
    </Button>
  );
}
