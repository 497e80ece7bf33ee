using Microsoft.Extensions.DependencyInjection;
using Orkestra.CommandLine;
using Orkestra.Hosting;

// A run on this machine sends the calls of services to a fake; deployed, the state machine calls them itself.
return await OrkestraHost.RunAsync<OrderProcess>(args, services => services.AddSingleton<ITaskInvoker, FakeServices>());
