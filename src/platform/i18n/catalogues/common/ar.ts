export default {
  next: 'ما يمكنك فعله',
  reference: 'المرجع: {id}',
  person: 'تم تسجيل الدخول باسم {person}',
  cancel: 'إلغاء',
  continue: 'متابعة',
  technical: 'التفاصيل التقنية',
};
