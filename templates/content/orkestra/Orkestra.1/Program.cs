using Orkestra.CommandLine;
using Orkestra._1;

return await OrkestraHost.RunAsync<PlaceOrder>(args);
