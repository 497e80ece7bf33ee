using Microsoft.Extensions.DependencyInjection;
using Orkestra.CommandLine;
using Orkestra.CommandLine.WaitingProgram;
using Orkestra.Extensions.Hosting;

return args switch
{
    ["stubborn"] => await OrkestraHost.RunAsync<StubbornWaiting>([], services => services.AddSingleton<Stubborn>()),
    ["scheduled", .. var rest] => await OrkestraHost.RunAsync<Waiting>(rest, services => services.AddOrkestra(orkestra => orkestra.AddSchedule<Waiting>("cron(0 8 * * ? *)"))),
    _ => await OrkestraHost.RunAsync<Waiting>(args),
};
