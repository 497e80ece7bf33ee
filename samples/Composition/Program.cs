using Orkestra.Hosting;

return await OrkestraHost.RunAsync<Composition>(args);
