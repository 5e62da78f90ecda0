export default {
  title: 'Beginnen Sie in Ihrer App',
  lead: 'Hier melden Sie sich an, wenn eine App Sie darum bittet. Gerade hat Sie keine App hierher geschickt.',
  open: 'Öffnen Sie die App, die Sie nutzen möchten, und wählen Sie dort die Anmeldung mit {clinic}.',
  bookmark: 'Wenn Sie ein Lesezeichen setzen, dann auf die App und nicht auf diese Seite.',
};
