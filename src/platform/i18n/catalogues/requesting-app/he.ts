export default {
  signIn: '{app} בכתובת {host} מבקש להיכנס.',
  newTab: '(נפתח בלשונית חדשה)',
};
