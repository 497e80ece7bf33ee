using Microsoft.Extensions.DependencyInjection;
using Orkestra.CommandLine;
using Orkestra.CommandLine.WaitingProgram;

return args is ["stubborn"]
    ? await OrkestraHost.RunAsync<StubbornWaiting>([], services => services.AddSingleton<Stubborn>())
    : await OrkestraHost.RunAsync<Waiting>(args);
