using Orkestra.CommandLine;

return await OrkestraHost.RunAsync<OrkestraFlow1>(args);
