using Orkestra.CommandLine;

return await OrkestraHost.RunAsync<Composition>(args);
