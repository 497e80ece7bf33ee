using Orkestra.Hosting;
using Orkestra.Tests;

return await OrkestraHost.RunAsync<Waiting>(args);
