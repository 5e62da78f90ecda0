export default {
  documentTitle: '{title} · {clinic}',
  ribbon: 'Demo data: not for real patients',
  footer: 'Chartkey sign-in service for {clinic}',
  languages: 'Language',
} as const;
