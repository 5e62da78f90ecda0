export default {
  signIn: 'يطلب منك {app} على {host} تسجيل الدخول.',
  newTab: '(يُفتح في علامة تبويب جديدة)',
};
