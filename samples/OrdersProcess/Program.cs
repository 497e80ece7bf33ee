using Orkestra.CommandLine;

return await OrkestraHost.RunAsync<OrderProcess>(args);
