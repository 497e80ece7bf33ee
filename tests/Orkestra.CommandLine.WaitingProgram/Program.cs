using Microsoft.Extensions.DependencyInjection;
using Orkestra.CommandLine;
using Orkestra.CommandLine.WaitingProgram;

if (args is ["stubborn"]) await OrkestraHost.RunAsync<StubbornWaiting>([], services => services.AddSingleton<Stubborn>());
else await OrkestraHost.RunAsync<Waiting>(args);
