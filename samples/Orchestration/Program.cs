using Orkestra.CommandLine;

return await OrkestraHost.RunAsync<Orchestration>(args);
