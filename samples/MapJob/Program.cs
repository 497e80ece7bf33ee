using Orkestra.CommandLine;

return await OrkestraHost.RunAsync<MapJob>(args);
