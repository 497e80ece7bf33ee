using Orkestra.CommandLine;

return await OrkestraHost.RunAsync<SingleStep>(args);
