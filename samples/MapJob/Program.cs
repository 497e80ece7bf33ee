using Orkestra.Hosting;

return await OrkestraHost.RunAsync<MapJob>(args);
