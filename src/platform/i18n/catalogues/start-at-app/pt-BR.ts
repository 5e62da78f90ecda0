export default {
  title: 'Comece pelo seu aplicativo',
  lead: 'Você entra aqui quando um aplicativo pede. Nenhum aplicativo enviou você agora.',
  open: 'Abra o aplicativo que deseja usar e escolha entrar com {clinic}.',
  bookmark: 'Se você guarda um favorito, guarde o do aplicativo, não o desta página.',
};
