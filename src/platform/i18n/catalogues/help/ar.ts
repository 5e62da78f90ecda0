export default {
  title: 'المساعدة',
  idleTitle: 'هل ما زلت هنا؟',
  idleLead: 'تنتهي صلاحية هذه الصفحة بعد {time}.',
  idleStay: 'أحتاج إلى مزيد من الوقت',
  idleOver: 'انتهت صلاحية هذه الصفحة.',
  copy: 'نسخ',
  copied: 'تم النسخ',
};
