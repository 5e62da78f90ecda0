export default {
  signIn: '{app} auf {host} bittet Sie, sich anzumelden.',
  newTab: '(öffnet sich in einem neuen Tab)',
};
