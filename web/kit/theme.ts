import { createTheme, type MantineColorsTuple } from '@mantine/core';

const accentShades: MantineColorsTuple = [
  '#e5f3f0',
  '#cfe8e3',
  '#a4d3ca',
  '#76bdb0',
  '#4fa897',
  '#2c8f7d',
  '#0b6e5f',
  '#095b4f',
  '#074a40',
  '#053a32',
];

/** Mantine's parts as Atrium uses them. The colours themselves are in tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent: accentShades },
  fontFamily: 'var(--font)',
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'compact-md', fz: 13.5, fw: 500, h: 32, px: 11 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 30 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Popover: { defaultProps: { shadow: 'none', withinPortal: true, transitionProps: { duration: 80 } } },
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 80 } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
    Skeleton: { defaultProps: { radius: 4 } },
  },
});
